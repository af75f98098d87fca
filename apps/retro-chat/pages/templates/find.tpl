{{%AUTOESCAPE context="HTML"}}
<form class="find" method="get" action="/find" role="search">
<label for="find">{{W_FIND}}</label>
<span class="find-row"><input id="find" name="handle" maxlength="{{HANDLE_CHARS}}" required autocomplete="off" autocapitalize="none" spellcheck="false" value="{{FOUND_HANDLE}}"> <button class="key">{{W_FIND_DO}}</button></span>
</form>
