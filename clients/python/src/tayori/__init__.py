"""Tayori: messages from a web app's backend to the browsers that wait for them.

    from tayori import channel

    token = channel.create_channel("room-7-alice")   # goes into the page
    channel.send_message("room-7-alice", "Hello")    # reaches the page

`tayori.channel` is the App Engine Channel API's Python side; the old address works too:
`from google.appengine.api import channel`. This file imports nothing, because the old
addresses import parts of this package while they are being imported by others.
"""

__version__ = "0.1.0"
