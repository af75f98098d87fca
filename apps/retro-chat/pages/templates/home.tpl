{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<div class="boot">
<h1><span lang="ja">れとろ・ちゃっと</span> <span class="version" lang="en">Retro Chat {{VERSION}}</span></h1>
<p>{{W_ROOMS_BEFORE}}{{ROOM_COUNT}}{{W_ROOMS_AFTER}}{{W_PEOPLE_BEFORE}}{{PEOPLE_COUNT}}{{W_PEOPLE_AFTER}}</p>
<p class="prompt" aria-hidden="true">Ok<br><span class="cursor"></span></p>
</div>
{{#SIGNED_OUT}}
<section class="welcome">
<p>{{W_WHAT_1}}</p>
<p>{{W_WHAT_2}}</p>
<div class="doors">
<form method="post" action="/guest"><input type="hidden" name="form_token" value="{{GUEST_TOKEN}}"><input type="hidden" name="to" value="/rooms/retro/1"><button class="key strong">{{W_TO_LOBBY}}</button></form>
<a class="key" href="/sign-up">{{W_SIGN_UP_LONG}}</a> <a class="key" href="/sign-in">{{W_SIGN_IN}}</a>
</div>
<p class="hint">{{W_GUEST_WHAT}}</p>
</section>
{{/SIGNED_OUT}}
<section class="rooms" aria-labelledby="rooms-title">
<h2 id="rooms-title">{{W_ROOMS}}</h2>
<ul>
{{#ROOM}}{{>LISTING}}{{/ROOM}}
</ul>
{{#MAY_OWN}}<p class="doors"><a class="key" href="/rooms/new">{{W_NEW_ROOM}}</a> <a class="key" href="/rooms/{{ME}}">{{W_MY_ROOMS}}</a></p>{{/MAY_OWN}}
{{>FIND}}
</section>
</main>
{{>FOOT}}
