{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1>{{W_SIGN_IN}}</h1>
{{#ON_THE_WAY}}<p>{{W_ON_THE_WAY}}</p>{{/ON_THE_WAY}}
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
<form class="form" method="post" action="/sign-in">
<input type="hidden" name="to" value="{{TO}}">
<label for="handle">{{W_HANDLE}}</label>
<input id="handle" name="handle" value="{{TYPED}}" maxlength="{{HANDLE_CHARS}}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false">
<label for="passphrase">{{W_PASSPHRASE}}</label>
<input id="passphrase" name="passphrase" type="password" required autocomplete="current-password">
<p class="doors"><button class="key strong">{{W_SIGN_IN}}</button></p>
</form>
<p>{{W_NO_ACCOUNT}} <a href="/sign-up?to={{TO_QUERY}}">{{W_SIGN_UP_LINK}}</a></p>
</main>
{{>FOOT}}
