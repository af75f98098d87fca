{{%AUTOESCAPE context="HTML"}}
{{>HEAD}}
<main id="main" class="screen">
<h1><span class="status" lang="en">{{STATUS}} Error</span></h1>
<p class="refused" role="alert">{{REFUSAL}}</p>
{{#KEPT}}
<div class="form">
<label for="kept">{{W_KEPT}}</label>
<textarea id="kept" rows="8" readonly dir="auto">{{TYPED}}</textarea>
</div>
{{/KEPT}}
<p class="prompt" aria-hidden="true">Ok<br><span class="cursor"></span></p>
<p class="doors"><a class="key strong" href="{{BACK}}">{{W_BACK}}</a>{{#NOT_HOME}} <a class="key" href="/">{{W_TO_ENTRANCE}}</a>{{/NOT_HOME}}</p>
</main>
{{>FOOT}}
