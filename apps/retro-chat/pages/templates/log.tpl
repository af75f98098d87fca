{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen kept">
<h1>{{W_LOG_TITLE}} <span class="place"><bdi>{{ROOM_NAME}}</bdi> <bdi>{{ROOM_OWNER}}</bdi>/{{ROOM_NUMBER}}</span></h1>
<form class="find" method="get" action="{{ROOM_PATH}}/search" role="search">
<label class="hidden" for="q">{{W_SEARCH_FOR}}</label>
<input id="q" name="q" type="search" maxlength="{{SEARCH_CHARS}}" dir="auto" autocomplete="off">
<button class="key">{{W_SEARCH_DO}}</button>
</form>
{{#EMPTY}}<p class="note">{{W_LOG_EMPTY}}</p>{{/EMPTY}}
<ol class="lines" aria-label="{{W_LOG}}">
{{#EVENT_ROW}}<li id="e{{EVENT}}" class="event {{KIND}}"><time datetime="{{ISO}}">{{TIME}}</time> <bdi class="who c{{COLOUR}}">{{WHO}}</bdi>{{#SPOKE}}<span class="mark" aria-hidden="true">&gt;</span><span class="hidden">: </span><span class="line" dir="auto">{{#PART}}{{#TEXT}}{{SAID}}{{/TEXT}}{{#LINK}}<a href="{{SAID}}" target="_blank" rel="noopener noreferrer nofollow ugc">{{SAID}}</a>{{/LINK}}{{#CALL}}<b class="call">{{SAID}}</b>{{/CALL}}{{/PART}}</span>{{/SPOKE}}{{#MOVED}}<span class="did">{{DID}}</span>{{#WORDED}} <bdi class="word">{{LINE}}</bdi>{{/WORDED}}{{/MOVED}}</li>
{{/EVENT_ROW}}
</ol>
<p class="hint">{{W_LOG_ZONE}}{{ZONE}}</p>
<nav class="doors" aria-label="{{W_LOG_PAGES}}">
{{#OLDER}}<a class="key" rel="prev" href="{{ROOM_PATH}}/older?before={{BEFORE}}">← {{W_LOG_OLDER}}</a>{{/OLDER}}
{{#NEWER}}<a class="key" rel="next" href="{{ROOM_PATH}}/older?after={{AFTER}}">{{W_LOG_NEWER}} →</a>
<a class="key" href="{{ROOM_PATH}}/older">{{W_LOG_NEWEST}}</a>{{/NEWER}}
</nav>
<p class="doors"><a class="key strong" href="{{ROOM_PATH}}">{{W_TO_ROOM}}</a> <a class="key" href="{{ROOM_PATH}}/log.txt">{{W_LOG_DOWNLOAD}}</a></p>
</main>
{{>FOOT}}
