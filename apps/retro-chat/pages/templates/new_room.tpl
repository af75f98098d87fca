{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1>{{W_NEW_ROOM}}</h1>
<p>{{W_NEW_ROOM_WHAT}}</p>
{{#REFUSED}}<p class="refused" role="alert">{{REFUSAL}}</p>{{/REFUSED}}
<form class="form" method="post" action="/rooms/new">
<input type="hidden" name="form_token" value="{{FORM_TOKEN}}">
<label for="name">{{W_ROOM_NAME}}</label>
<input id="name" name="name" value="{{TYPED}}" maxlength="{{ROOM_NAME_CHARS}}" required autofocus autocomplete="off" dir="auto">
<p class="doors"><button class="key strong">{{W_NEW_ROOM_DO}}</button> <a class="key" href="/">{{W_TO_ENTRANCE}}</a></p>
</form>
</main>
{{>FOOT}}
