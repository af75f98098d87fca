"""A tiny chat: one room, who is in it, and what was said. TAYORI_URL and TAYORI_PUBLIC_URL say where Tayori is."""
import html, http.server, json, os, pathlib, string, threading, time, urllib.parse, uuid
import tayori

PAGE = string.Template(pathlib.Path(__file__).with_name("index.html").read_text("utf-8"))
TAYORI = os.environ.get("TAYORI_PUBLIC_URL", "http://127.0.0.1:8080").rstrip("/")
ROOM = "tiny chat"
client = tayori.Client()


def said():  # history on reload
    return [json.loads(each.message) for each in client.history(group=ROOM, limit=1000).messages]


def here():  # who is in the room
    return [each.client_id for each in client.presence(group=ROOM, limit=1000).clients]


def watch():  # tells the room whenever somebody came or went
    cursor = client.presence(group=ROOM).cursor
    while True:
        news = client.presence(events_since=cursor)
        cursor = news.cursor
        if news.events or news.gap:
            client.send_group(ROOM, json.dumps({"here": here()}))
        time.sleep(0.5)


class TinyChat(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # /?name=ann is ann's page, with a token of her own
        name = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).get("name", [""])[0].strip()[:24]
        if not name.isprintable() or not name:
            return self.answer('<form><label>Your name <input name="name" required></label> <button>Enter</button></form>')
        client.join_group(ROOM, name)
        token = client.create_channel(name).token
        start = json.dumps({"token": token, "name": name, "said": said(), "here": here()})
        self.answer(PAGE.substitute(tayori=html.escape(TAYORI), start=html.escape(start)))

    def do_POST(self):  # a line, to the whole room
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        line = {"id": uuid.uuid4().hex, "who": form["name"][0][:24], "line": form["line"][0][:1000]}
        client.send_group(ROOM, json.dumps(line))
        self.send_response(204)
        self.end_headers()

    def answer(self, page):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), TinyChat)
threading.Thread(target=watch, daemon=True).start()
print(f"http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
