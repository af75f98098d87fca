{{%AUTOESCAPE context="HTML"}}
<li>
<a href="{{ROOM_PATH}}"><bdi class="room-name">{{ROOM_NAME}}</bdi></a> <span class="place"><bdi>{{ROOM_OWNER}}</bdi>/{{ROOM_NUMBER}}</span>{{#ENTRY_MARK}} <span class="entry">{{ENTRY_WORD}}</span>{{/ENTRY_MARK}}{{#MINE}} <a class="quiet" href="{{ROOM_PATH}}/settings">{{W_SETTINGS}}</a>{{/MINE}}
{{#TOPIC}}<span class="topic" dir="auto">{{ROOM_TOPIC}}</span>{{/TOPIC}}
<span class="inside">
{{#NOBODY}}<span class="nobody">{{W_NOBODY}}</span>{{/NOBODY}}
{{#SOMEBODY}}<span class="count">{{W_COUNT_BEFORE}}{{INSIDE_COUNT}}{{W_COUNT_AFTER}}</span> {{#PERSON}}<bdi class="who c{{COLOUR}} {{STATE}}">{{WHO}}</bdi>{{#PERSON_separator}}{{W_COMMA}}{{/PERSON_separator}}{{/PERSON}}{{#OTHERS}}{{W_OTHERS_BEFORE}}{{OTHERS_COUNT}}{{W_OTHERS_AFTER}}{{/OTHERS}}{{/SOMEBODY}}
</span>
</li>
