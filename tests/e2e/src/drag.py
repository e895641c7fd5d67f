"""A small window that files can be dragged from: drag.py X Y FILE… prints "ready" once it is there."""
import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

left, top, *files = sys.argv[1:]
uris = [pathlib.Path(name).resolve().as_uri() for name in files]

window = Gtk.Window(title="files to drag", type_hint=Gdk.WindowTypeHint.UTILITY, accept_focus=False)
window.set_default_size(90, 50)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="files"))
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _widget, _context, data, _info, _time: data.set_uris(uris))
handle.connect("drag-end", lambda *_: Gtk.main_quit())
window.add(handle)
window.show_all()
window.move(int(left), int(top))
GLib.timeout_add(300, lambda: print("ready", flush=True))
Gtk.main()
