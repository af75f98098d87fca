{{%AUTOESCAPE context="HTML"}}
<footer class="plinth">
<span class="lamp" aria-hidden="true"></span>
<span class="model" lang="en">TAYORI <span>便り</span></span>
<nav class="languages" aria-label="{{W_LANGUAGE}}">
{{#SPEAKS_JA}}<span aria-current="true" lang="ja">日本語</span>{{/SPEAKS_JA}}
{{#SPEAKS_EN}}<a href="?lang=ja" lang="ja" hreflang="ja">日本語</a>{{/SPEAKS_EN}}
{{#SPEAKS_EN}}<span aria-current="true" lang="en">English</span>{{/SPEAKS_EN}}
{{#SPEAKS_JA}}<a href="?lang=en" lang="en" hreflang="en">English</a>{{/SPEAKS_JA}}
</nav>
</footer>
</div>
</body>
</html>
