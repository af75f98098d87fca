{{%AUTOESCAPE context="HTML"}}
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
<form class="form" method="post" action="{{ACTION}}">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}">
<label for="name">{{W_ROOM_NAME}}</label>
<input id="name" name="name" value="{{NAME}}" maxlength="{{ROOM_NAME_CHARS}}" required {{#FRESH}}autofocus {{/FRESH}}autocomplete="off" dir="auto">
<label for="topic">{{W_TOPIC}}</label>
<input id="topic" name="topic" value="{{TOPIC}}" maxlength="{{TOPIC_CHARS}}" autocomplete="off" dir="auto">
<fieldset>
<legend>{{W_ENTRY}}</legend>
{{#CHOICE}}<label class="choice"><input type="radio" name="entry" value="{{ENTRY}}"{{#CHOSEN}} checked{{/CHOSEN}}> <span>{{ENTRY_WORD}}</span></label>
{{/CHOICE}}
</fieldset>
<label for="passphrase">{{W_ROOM_PASSPHRASE}}</label>
<input id="passphrase" name="passphrase" type="password" autocomplete="new-password" aria-describedby="passphrase-hint">
<p class="hint" id="passphrase-hint">{{W_ROOM_PASSPHRASE_HINT}}{{#HAS_PASSPHRASE}} {{W_ROOM_PASSPHRASE_KEPT}}{{/HAS_PASSPHRASE}}</p>
<label for="handles">{{W_LISTED}}</label>
<textarea id="handles" name="handles" rows="3" autocapitalize="none" spellcheck="false" aria-describedby="handles-hint">{{HANDLES}}</textarea>
<p class="hint" id="handles-hint">{{W_LISTED_HINT}}</p>
<label class="choice"><input type="checkbox" name="reposts" value="on"{{#REPOSTS}} checked{{/REPOSTS}}> <span>{{W_REPOSTS}}</span></label>
<p class="hint">{{#FRESH}}{{W_REPOSTS_HINT}}{{/FRESH}}{{#SAVED}}<a href="{{ROOM_PATH}}/reposting">{{W_REPOSTING_LINK}}</a>{{/SAVED}}</p>
<p class="doors"><button class="key strong">{{DO}}</button> <a class="key" href="{{BACK}}">{{W_BACK}}</a></p>
</form>
