{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1>{{W_SIGN_UP}}</h1>
{{#LOCAL}}<p>{{W_SIGN_UP_WHAT}}</p>{{/LOCAL}}
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
{{#LOCAL}}
<form class="form" method="post" action="/sign-up">
<input type="hidden" name="form_token" value="{{STRANGER_TOKEN}}">
<input type="hidden" name="to" value="{{TO}}">
<label for="handle">{{W_HANDLE}}</label>
<input id="handle" name="handle" value="{{TYPED}}" maxlength="{{HANDLE_CHARS}}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="handle-hint">
<p class="hint" id="handle-hint">{{W_HANDLE_HINT}}</p>
<label for="passphrase">{{W_PASSPHRASE}}</label>
<input id="passphrase" name="passphrase" type="password" minlength="{{PASSPHRASE_CHARS}}" required autocomplete="new-password" aria-describedby="passphrase-hint">
<p class="hint" id="passphrase-hint">{{W_PASSPHRASE_HINT}}</p>
<p class="doors"><button class="key strong">{{W_SIGN_UP_DO}}</button></p>
</form>
{{/LOCAL}}
{{#THROUGH_OTHERS}}
<section class="ways" aria-labelledby="ways">
<h2 id="ways">{{W_THROUGH_OTHERS}}</h2>
<ul class="doors">
{{#PROVIDER}}<li><a class="key" href="/sign-in/with/{{PROVIDER_ID}}?to={{TO}}">{{W_WITH_BEFORE}}{{PROVIDER_NAME}}{{W_WITH_AFTER}}</a></li>
{{/PROVIDER}}</ul>
</section>
{{/THROUGH_OTHERS}}
<p>{{W_HAVE_ACCOUNT}} <a href="/sign-in?to={{TO}}">{{W_SIGN_IN}}</a></p>
</main>
{{>FOOT}}
