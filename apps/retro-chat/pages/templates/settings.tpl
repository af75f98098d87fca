{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen settings">
<h1>{{W_SETTINGS_OF_BEFORE}}<bdi>{{ROOM_NAME}}</bdi>{{W_SETTINGS_OF_AFTER}}</h1>
<p class="place"><bdi>{{ROOM_OWNER}}</bdi>/{{ROOM_NUMBER}}</p>
{{>ROOM_FORM}}
<section aria-labelledby="inside-title">
<h2 id="inside-title">{{W_INSIDE}}</h2>
{{#NOBODY_ELSE}}<p class="nobody">{{W_NOBODY_ELSE}}</p>{{/NOBODY_ELSE}}
<ul class="people-rows">
{{#PERSON}}<li><bdi class="who c{{COLOUR}}">{{WHO}}</bdi> <form method="post" action="{{ROOM_PATH}}/remove"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><input type="hidden" name="handle" value="{{WHO}}"><button class="key" aria-label="{{W_SHOW_OUT}}: {{WHO}}">{{W_SHOW_OUT}}</button></form></li>
{{/PERSON}}
</ul>
<p class="hint"><label for="out">{{W_SHOW_OUT_HANDLE}}</label></p>
<form class="find" method="post" action="{{ROOM_PATH}}/remove">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}">
<input id="out" name="handle" required maxlength="{{HANDLE_CHARS}}" autocomplete="off" autocapitalize="none" spellcheck="false">
<button class="key">{{W_SHOW_OUT}}</button>
</form>
{{#SHOWN_OUT}}
<h2>{{W_SHOWN_OUT}}</h2>
<ul class="people-rows">
{{#OUTSIDER}}<li><bdi class="who">{{WHO}}</bdi> <form method="post" action="{{ROOM_PATH}}/readmit"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><input type="hidden" name="handle" value="{{WHO}}"><button class="key" aria-label="{{W_LET_IN_AGAIN}}: {{WHO}}">{{W_LET_IN_AGAIN}}</button></form></li>
{{/OUTSIDER}}
</ul>
{{/SHOWN_OUT}}
</section>
<section aria-labelledby="delete-title">
<h2 id="delete-title">{{W_DELETE}}</h2>
<p>{{W_DELETE_WHAT}}</p>
<form class="form" method="post" action="{{ROOM_PATH}}/delete">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}">
<label class="choice"><input type="checkbox" name="sure" value="on" required> <span>{{W_DELETE_SURE}}</span></label>
<p class="doors"><button class="key">{{W_DELETE_DO}}</button></p>
</form>
</section>
</main>
{{>FOOT}}
