{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1>{{W_NEW_ROOM}}</h1>
<p>{{W_NEW_ROOM_WHAT}}</p>
{{>ROOM_FORM}}
</main>
{{>FOOT}}
