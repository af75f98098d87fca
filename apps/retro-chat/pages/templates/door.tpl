{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1><bdi>{{ROOM_NAME}}</bdi></h1>
<p class="place"><bdi>{{ROOM_OWNER}}</bdi>/{{ROOM_NUMBER}}</p>
{{#TOPIC}}<p class="topic" dir="auto">{{ROOM_TOPIC}}</p>{{/TOPIC}}
{{#ASKED}}<p class="note">{{REFUSAL}}</p>{{/ASKED}}
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
{{#GUEST_DOOR}}
<p>{{W_GUEST_WHAT}}</p>
<div class="doors">
<form method="post" action="/guest"><input type="hidden" name="form_token" value="{{GUEST_TOKEN}}"><input type="hidden" name="to" value="{{ROOM_PATH}}"><button class="key strong" autofocus>{{W_GUEST_DO}}</button></form>
<a class="key" href="/sign-in?to={{ROOM_PATH}}">{{W_SIGN_IN}}</a> <a class="key" href="/sign-up?to={{ROOM_PATH}}">{{W_SIGN_UP}}</a>
</div>
{{/GUEST_DOOR}}
{{#PASSPHRASE_DOOR}}
<form class="form" method="post" action="{{ROOM_PATH}}/knock">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}">
<label for="passphrase">{{W_ROOM_PASSPHRASE}}</label>
<input id="passphrase" name="passphrase" type="password" required autofocus autocomplete="off">
<p class="doors"><button class="key strong">{{W_KNOCK}}</button></p>
</form>
{{/PASSPHRASE_DOOR}}
<p class="doors"><a class="key" href="/">{{W_TO_ENTRANCE}}</a></p>
</main>
{{>FOOT}}
