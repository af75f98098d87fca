{{%AUTOESCAPE context="HTML"}}
<li class="member {{STATE}}" data-who="{{WHO}}"><bdi class="who c{{COLOUR}}">{{WHO}}</bdi> <span class="state">{{STATE_WORD}}</span> <span class="since">{{W_SINCE_BEFORE}}<time datetime="{{ISO}}" data-at="{{AT}}">{{TIME}}</time>{{W_SINCE_AFTER}}</span> <bdi class="word">{{WORD_LEFT}}</bdi></li>
