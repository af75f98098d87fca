{{%AUTOESCAPE context="HTML"}}
<!doctype html>
<html lang="{{LANG}}" data-palette="{{PALETTE}}" data-scheme="{{SCHEME}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{{COLOUR_SCHEME}}">
<title>{{TITLE}}</title>
<link rel="icon" href="{{ICON_URL}}" type="image/svg+xml">
<link rel="preload" href="{{LATIN_URL}}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="{{FONTS_URL}}">
<link rel="stylesheet" href="{{PALETTES_URL}}">
<link rel="stylesheet" href="{{CSS_URL}}">
</head>
<body>
<a class="skip" href="#main">{{W_SKIP}}</a>
<div class="case">
<header class="badge">
<a class="brand" href="/"><img src="{{ICON_URL}}" alt="" width="32" height="32"><span class="names"><span class="kana" lang="ja">れとろ・ちゃっと</span><span class="roman" lang="en">RETRO CHAT</span></span></a>
<div class="stripes" aria-hidden="true"><i></i><i></i><i></i><i></i></div>
<nav class="desk" aria-label="{{W_NAV}}">
{{#SIGNED_IN}}
<span class="me"><span class="hidden">{{W_SIGNED_IN_AS}}</span><bdi>{{ME}}</bdi></span>
<form method="post" action="/sign-out"><input type="hidden" name="form_token" value="{{FORM_TOKEN}}"><button class="quiet">{{W_SIGN_OUT}}</button></form>
{{/SIGNED_IN}}
{{#SIGNED_OUT}}
<a class="quiet" href="/sign-in">{{W_SIGN_IN}}</a>
<a class="quiet" href="/sign-up">{{W_SIGN_UP}}</a>
{{/SIGNED_OUT}}
</nav>
</header>
