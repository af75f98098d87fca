{{%AUTOESCAPE context="HTML"}}
<li class="event {{KIND}}" data-event="{{EVENT}}"><time datetime="{{ISO}}" data-at="{{AT}}">{{TIME}}</time> <bdi class="who c{{COLOUR}}">{{WHO}}</bdi>{{#SPOKE}}<span class="mark" aria-hidden="true">&gt;</span><span class="hidden">: </span><span class="line" dir="auto">{{LINE}}</span>{{/SPOKE}}{{#MOVED}}<span class="did">{{DID}}</span>{{/MOVED}}</li>
