{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<section class="rooms" aria-labelledby="rooms-title">
<h1 id="rooms-title">{{W_ROOMS_OF_BEFORE}}<bdi>{{FOUND_HANDLE}}</bdi>{{W_ROOMS_OF_AFTER}}</h1>
{{#NONE}}<p class="nobody">{{W_NO_ROOMS}}</p>{{/NONE}}
<ul>
{{#ROOM}}{{>LISTING}}{{/ROOM}}
</ul>
</section>
{{>FIND}}
<p class="doors"><a class="key" href="/">{{W_TO_ENTRANCE}}</a></p>
</main>
{{>FOOT}}
