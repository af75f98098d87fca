{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen kept">
<h1>{{W_SEARCH_TITLE}} <span class="place"><bdi>{{ROOM_NAME}}</bdi> <bdi>{{ROOM_OWNER}}</bdi>/{{ROOM_NUMBER}}</span></h1>
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
<form class="find" method="get" action="{{ROOM_PATH}}/search" role="search">
<label class="hidden" for="q">{{W_SEARCH_FOR}}</label>
<input id="q" name="q" type="search" value="{{QUERY}}" maxlength="{{SEARCH_CHARS}}" dir="auto" autocomplete="off" aria-describedby="q-hint">
<button class="key strong">{{W_SEARCH_DO}}</button>
</form>
<p id="q-hint" class="hint">{{W_SEARCH_HINT}}</p>
{{#NOTHING}}<p class="note" role="status">{{W_SEARCH_NOTHING}}</p>{{/NOTHING}}
{{#NOTHING_YET}}<p class="note" role="status">{{W_SEARCH_NOTHING_YET}}</p>{{/NOTHING_YET}}
<ol class="lines" aria-label="{{W_SEARCH_HITS}}">
{{#HIT}}<li class="event {{KIND}}"><a href="{{ROOM_PATH}}/older?around={{EVENT}}#e{{EVENT}}"><time datetime="{{ISO}}">{{TIME}}</time></a> <bdi class="who c{{COLOUR}}">{{WHO}}</bdi><span class="mark" aria-hidden="true">&gt;</span><span class="hidden">: </span><span class="line" dir="auto">{{#PIECE}}{{#PLAIN}}{{TEXT}}{{/PLAIN}}{{#FOUND}}<mark>{{TEXT}}</mark>{{/FOUND}}{{/PIECE}}</span></li>
{{/HIT}}
</ol>
{{#MORE}}<p class="doors"><a class="key" href="{{ROOM_PATH}}/search?q={{QUERY_ESCAPED}}&amp;before={{BEFORE}}">{{W_SEARCH_MORE}}</a></p>{{/MORE}}
<p class="doors"><a class="key" href="{{ROOM_PATH}}">{{W_TO_ROOM}}</a> <a class="key" href="{{ROOM_PATH}}/older">{{W_LOG_TITLE}}</a></p>
</main>
{{>FOOT}}
