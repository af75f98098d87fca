{{%AUTOESCAPE context="HTML"}}
<footer class="plinth">
<span class="lamp" aria-hidden="true"></span>
<span class="model" lang="en">TAYORI <span lang="ja">便り</span></span>
<details class="looks">
<summary>{{W_LOOKS}}</summary>
<div class="panel">
<nav aria-label="{{W_PALETTE}}">
<p class="of" aria-hidden="true">{{W_PALETTE}}</p>
<ul>
{{#PALETTE_CHOICE}}<li><a class="choice" href="{{HREF}}" data-palette="{{NAME}}" aria-current="{{CURRENT}}"><span class="swatch" aria-hidden="true"></span>{{WORD}}</a></li>
{{/PALETTE_CHOICE}}
</ul>
</nav>
<nav aria-label="{{W_SCHEME}}">
<p class="of" aria-hidden="true">{{W_SCHEME}}</p>
<ul>
{{#SCHEME_CHOICE}}<li><a class="choice" href="{{HREF}}" aria-current="{{CURRENT}}">{{WORD}}</a></li>
{{/SCHEME_CHOICE}}
</ul>
</nav>
<p class="colophon">{{W_TYPEFACE}} <a href="{{FONT_LICENCE_URL}}" lang="en">DotGothic16 (OFL 1.1)</a></p>
</div>
</details>
<nav class="languages" aria-label="{{W_LANGUAGE}}">
{{#SPEAKS_JA}}<span aria-current="true" lang="ja">日本語</span>{{/SPEAKS_JA}}
{{#SPEAKS_EN}}<a href="{{JA_HREF}}" lang="ja" hreflang="ja">日本語</a>{{/SPEAKS_EN}}
{{#SPEAKS_EN}}<span aria-current="true" lang="en">English</span>{{/SPEAKS_EN}}
{{#SPEAKS_JA}}<a href="{{EN_HREF}}" lang="en" hreflang="en">English</a>{{/SPEAKS_JA}}
</nav>
</footer>
</div>
</body>
</html>
