{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen room" data-path="{{ROOM_PATH}}" data-me="{{ME}}" data-last="{{LAST}}" data-state="{{MY_STATE}}" data-poll-ms="{{POLL_MS}}">
<div class="title">
<h1><bdi id="room-name">{{ROOM_NAME}}</bdi></h1> <span class="place"><bdi>{{ROOM_OWNER}}</bdi>/{{ROOM_NUMBER}}</span> <span id="line-state" class="line-state" role="status" data-opening="{{W_OPENING}}" data-open="{{W_OPEN}}" data-reopening="{{W_REOPENING}}" data-closed="{{W_CLOSED}}"></span>
<p class="topic"><bdi id="room-topic">{{ROOM_TOPIC}}</bdi></p>
<p id="posted-on" class="posted-on" role="status"><span{{#STAYS_HERE}} hidden{{/STAYS_HERE}}>{{W_POSTED_ON}}</span></p>
</div>
<noscript><p class="note">{{W_NO_SCRIPT}} <a class="key" href="{{ROOM_PATH}}">{{W_REFRESH}}</a></p></noscript>
<section class="people" aria-labelledby="people-title" tabindex="0">
<h2 id="people-title">{{W_INSIDE}} <span id="count" class="count">{{INSIDE_COUNT}}</span></h2>
<ul id="members">
{{#MEMBER}}{{>MEMBER_ROW}}
{{/MEMBER}}
</ul>
</section>
<div id="log" class="log" role="log" aria-live="polite" aria-label="{{W_LOG}}" tabindex="0">
<div class="roll">
<p id="older" class="older"{{#IS_ALL}} hidden{{/IS_ALL}}><a href="{{ROOM_PATH}}/older?before={{FIRST}}">{{W_OLDER}}</a></p>
<ol id="events">
{{#EVENT}}{{>EVENT_ROW}}
{{/EVENT}}
</ol>
</div>
</div>
<p id="notice" class="refused" role="alert" data-unreachable="{{W_UNREACHABLE}}" hidden></p>
<form id="speak" class="composer" method="post" action="{{ROOM_PATH}}/speak">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}">
<input type="hidden" name="channel_token" value="{{CHANNEL_TOKEN}}">
<input type="hidden" name="channel_issued" value="{{CHANNEL_ISSUED}}">
<input type="hidden" name="once" value="{{ONCE}}">
<label class="hidden" for="line">{{W_LINE}}</label>
<span class="caret" aria-hidden="true">&gt;</span>
<input id="line" name="line" required autofocus autocomplete="off" enterkeyhint="send" dir="auto" placeholder="{{W_LINE_HINT}}">
<button class="key strong">{{W_SPEAK}}</button>
</form>
<div class="keys">
<form id="away" class="when-here" method="post" action="{{ROOM_PATH}}/away"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><label class="hidden" for="word">{{W_AWAY_WORD}}</label><input id="word" name="word" maxlength="{{AWAY_WORD_CHARS}}" autocomplete="off" dir="auto" placeholder="{{W_AWAY_WORD_HINT}}"><button class="key">{{W_STEP_AWAY}}</button></form>
<form id="back" class="when-away" method="post" action="{{ROOM_PATH}}/back"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><button class="key strong">{{W_COME_BACK}}</button></form>
<form id="leave" method="post" action="{{ROOM_PATH}}/leave"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><button class="key">{{W_LEAVE}}</button></form>
<details id="more" class="more">
<summary class="key" aria-label="{{W_MORE}}"><span aria-hidden="true">…</span></summary>
<div class="panel">
<form class="search" method="get" action="{{ROOM_PATH}}/search" target="_blank" role="search"><label class="hidden" for="q">{{W_SEARCH}}</label><input id="q" name="q" required autocomplete="off" dir="auto" placeholder="{{W_SEARCH}}"><button class="key">{{W_SEARCH_DO}}</button></form>
<nav class="papers" aria-label="{{W_PAPERS}}">
<a href="{{ROOM_PATH}}/log.txt">{{W_LOG_TEXT}}</a>
{{#HAS_TARGET}}<a href="{{ROOM_PATH}}/urls.txt" target="_blank">{{W_URLS}}</a>
<a href="{{ROOM_PATH}}/hatena.txt" target="_blank">{{W_HATENA}}</a>
{{/HAS_TARGET}}{{#IS_OWNER}}<a href="{{ROOM_PATH}}/settings" target="_blank">{{W_ROOM_SETTINGS}}</a>{{/IS_OWNER}}
</nav>
<div id="alerts" class="alerts" hidden>
<label for="sound">{{W_SOUND}}</label> <select id="sound"><option value="off">{{W_ALERT_OFF}}</option><option value="mentions">{{W_ALERT_MENTIONS}}</option><option value="all">{{W_ALERT_ALL}}</option></select>
<label for="notify">{{W_NOTIFY}}</label> <select id="notify"><option value="off">{{W_ALERT_OFF}}</option><option value="mentions">{{W_ALERT_MENTIONS}}</option><option value="all">{{W_ALERT_ALL}}</option></select>
<p id="denied" class="hint" role="status" hidden>{{W_NOTIFY_DENIED}}</p>
</div>
</div>
</details>
</div>
<div id="left" class="left" role="alert" hidden>
<p id="left-why" data-removed="{{W_REMOVED_WHY}}" data-closed="{{W_CLOSED_WHY}}" data-entry="{{W_ENTRY_WHY}}" data-deleted="{{W_DELETED_WHY}}">{{W_LEFT_ELSEWHERE}}</p>
<p class="doors"><a id="enter-again" class="key strong" href="{{ROOM_PATH}}">{{W_ENTER_AGAIN}}</a> <a class="key" href="/">{{W_TO_ENTRANCE}}</a></p>
</div>
{{#EVENT_SHAPE}}<template id="event-{{SHAPE_KIND}}">{{>EVENT_ROW}}</template>
{{/EVENT_SHAPE}}
{{#MEMBER_SHAPE}}<template id="member-{{SHAPE_STATE}}">{{>MEMBER_ROW}}</template>
{{/MEMBER_SHAPE}}
</main>
<script src="{{JSAPI_URL}}"></script>
<script src="{{JS_URL}}"></script>
{{>FOOT}}
