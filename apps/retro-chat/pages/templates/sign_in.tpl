{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1>{{W_SIGN_IN}}</h1>
{{#ON_THE_WAY}}<p>{{W_ON_THE_WAY}}</p>{{/ON_THE_WAY}}
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
{{#LOCAL}}
<form class="form" method="post" action="/sign-in">
<input type="hidden" name="form_token" value="{{STRANGER_TOKEN}}">
<input type="hidden" name="to" value="{{TO}}">
<label for="handle">{{W_HANDLE}}</label>
<input id="handle" name="handle" value="{{TYPED}}" maxlength="{{HANDLE_CHARS}}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false">
<label for="passphrase">{{W_PASSPHRASE}}</label>
<input id="passphrase" name="passphrase" type="password" required autocomplete="current-password">
<p class="doors"><button class="key strong">{{W_SIGN_IN}}</button></p>
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
{{#LOCAL}}<p>{{W_NO_ACCOUNT}} <a href="/sign-up?to={{TO}}">{{W_SIGN_UP_LINK}}</a></p>{{/LOCAL}}
</main>
{{>FOOT}}
