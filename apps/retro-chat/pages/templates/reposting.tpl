{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen reposting">
<h1>{{W_REPOSTING}}: <bdi>{{ROOM_NAME}}</bdi></h1>
<p>{{W_REPOSTING_WHAT}}</p>
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
{{#NEW_SECRET}}<div class="note" role="status"><p>{{W_REPOST_SECRET_ONCE}}</p><p><code>{{SECRET}}</code></p></div>{{/NEW_SECRET}}
{{#NO_TARGET}}<p class="note">{{W_REPOST_NO_TARGET}}</p>{{/NO_TARGET}}
{{#TARGET}}
<section aria-labelledby="now-title">
<h2 id="now-title">{{W_REPOST_NOW}}</h2>
<p><b>{{KIND}}</b> <bdi class="address">{{ADDRESS}}</bdi> — {{#IS_ON}}{{W_REPOST_ON}}{{/IS_ON}}{{#IS_OFF}}{{W_REPOST_OFF}}{{/IS_OFF}}</p>
{{#PAUSED}}<p class="refused" role="alert">{{W_REPOST_PAUSED}} {{REASON}}</p>{{/PAUSED}}
<div class="doors">
<form method="post" action="{{ROOM_PATH}}/reposting/switch"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}">{{#IS_OFF}}<input type="hidden" name="on" value="1"><button class="key strong">{{W_REPOST_SWITCH_ON}}</button>{{/IS_OFF}}{{#IS_ON}}<input type="hidden" name="on" value="0"><button class="key">{{W_REPOST_SWITCH_OFF}}</button>{{/IS_ON}}</form>
<form method="post" action="{{ROOM_PATH}}/reposting/test"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><button class="key">{{W_REPOST_TEST}}</button></form>
<form method="post" action="{{ROOM_PATH}}/reposting/forget"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><button class="key">{{W_REPOST_FORGET}}</button></form>
</div>
</section>
{{/TARGET}}
<section aria-labelledby="where-title">
<h2 id="where-title">{{W_REPOST_WHERE}}</h2>
<details {{#OPEN_MASTODON}}open{{/OPEN_MASTODON}}>
<summary>Mastodon</summary>
<form class="form" method="post" action="{{ROOM_PATH}}/reposting">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><input type="hidden" name="kind" value="mastodon">
<label for="instance">{{W_REPOST_INSTANCE}}</label>
<input id="instance" name="address" value="{{MASTODON_ADDRESS}}" placeholder="https://mastodon.example" required maxlength="{{ADDRESS_BYTES}}" autocapitalize="none" spellcheck="false">
<label for="mastodon-token">{{W_REPOST_TOKEN}}</label>
<input id="mastodon-token" name="token" type="password" autocomplete="off" aria-describedby="mastodon-token-hint">
<p class="hint" id="mastodon-token-hint">{{W_REPOST_TOKEN_HINT}}</p>
<label for="visibility">{{W_REPOST_VISIBILITY}}</label>
<select id="visibility" name="visibility"><option value="public" {{#IS_PUBLIC}}selected{{/IS_PUBLIC}}>{{W_REPOST_PUBLIC}}</option><option value="unlisted" {{#IS_UNLISTED}}selected{{/IS_UNLISTED}}>{{W_REPOST_UNLISTED}}</option><option value="private" {{#IS_PRIVATE}}selected{{/IS_PRIVATE}}>{{W_REPOST_PRIVATE}}</option></select>
<p class="doors"><button class="key strong">{{W_REPOST_SAVE}}</button></p>
</form>
</details>
<details {{#OPEN_X}}open{{/OPEN_X}}>
<summary>X</summary>
<form class="form" method="post" action="{{ROOM_PATH}}/reposting">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><input type="hidden" name="kind" value="x">
<label for="x-token">{{W_REPOST_TOKEN}}</label>
<input id="x-token" name="token" type="password" autocomplete="off" aria-describedby="x-token-hint">
<p class="hint" id="x-token-hint">{{W_REPOST_TOKEN_HINT}}</p>
<p class="doors"><button class="key strong">{{W_REPOST_SAVE}}</button></p>
</form>
</details>
<details {{#OPEN_WEBHOOK}}open{{/OPEN_WEBHOOK}}>
<summary>Webhook</summary>
<form class="form" method="post" action="{{ROOM_PATH}}/reposting">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><input type="hidden" name="kind" value="webhook">
<label for="webhook">{{W_REPOST_ADDRESS}}</label>
<input id="webhook" name="address" value="{{WEBHOOK_ADDRESS}}" placeholder="https://hooks.example/lines" required maxlength="{{ADDRESS_BYTES}}" autocapitalize="none" spellcheck="false" aria-describedby="webhook-hint">
<p class="hint" id="webhook-hint">{{W_REPOST_WEBHOOK_HINT}}</p>
<p><label class="check"><input type="checkbox" name="new_secret" value="1"> {{W_REPOST_NEW_SECRET}}</label></p>
<p class="doors"><button class="key strong">{{W_REPOST_SAVE}}</button></p>
</form>
</details>
</section>
<section aria-labelledby="outcomes-title">
<h2 id="outcomes-title">{{W_REPOST_OUTCOMES}}</h2>
<p class="hint">{{W_REPOST_WAITING}}: {{WAITING_COUNT}} / {{W_REPOST_GIVEN_UP}}: {{GIVEN_UP_COUNT}}</p>
{{#NO_OUTCOME}}<p class="nobody">{{W_REPOST_NOTHING}}</p>{{/NO_OUTCOME}}
<ol class="outcomes">
{{#OUTCOME}}<li class="outcome {{STATE}}"><time datetime="{{AT_ISO}}">{{AT}}</time> <b>{{STATE_WORD}}</b> <bdi class="said">{{WHO}}: {{LINE}}</bdi>{{#WHY}} <span class="hint">{{REASON}}</span>{{/WHY}}{{#LINKED}} <a href="{{URL}}" rel="noreferrer nofollow">{{URL}}</a>{{/LINKED}}</li>
{{/OUTCOME}}
</ol>
<p><a href="{{ROOM_PATH}}/urls.txt">{{W_REPOST_URLS}}</a> / <a href="{{ROOM_PATH}}/hatena.txt">{{W_REPOST_HATENA}}</a></p>
</section>
<p class="doors"><a class="key" href="{{ROOM_PATH}}">{{W_BACK}}</a></p>
</main>
{{>FOOT}}
