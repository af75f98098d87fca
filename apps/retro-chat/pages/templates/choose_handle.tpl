{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1>{{W_CHOOSE_HANDLE}}</h1>
<p>{{W_VOUCHED_BEFORE}}{{PROVIDER_NAME}}{{W_VOUCHED_AFTER}}</p>
{{#KNOWN_AS}}<p class="hint">{{W_KNOWN_AS}} <bdi>{{SCREEN_NAME}}</bdi></p>{{/KNOWN_AS}}
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
<form class="form" method="post" action="/sign-in/choose-handle">
<input type="hidden" name="form_token" value="{{STRANGER_TOKEN}}">
<label for="handle">{{W_HANDLE}}</label>
<input id="handle" name="handle" value="{{TYPED}}" maxlength="{{HANDLE_CHARS}}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="handle-hint">
<p class="hint" id="handle-hint">{{W_HANDLE_HINT}}</p>
<p class="doors"><button class="key strong">{{W_CHOOSE_HANDLE_DO}}</button></p>
</form>
</main>
{{>FOOT}}
