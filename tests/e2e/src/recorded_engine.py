"""An IBus engine that does at each key what it was told: let it through, or take letters back and write others.

recorded_engine.py HOW KEYS.JSON: HOW is `surrounding` (as ibus-bamboo's default: the text around the caret is changed
through the input method) or `forward` (it sends Backspaces through it). KEYS.JSON is a list of [letters back, text], the
text null where the key is let through. Prints `ready`.
"""

import json
import sys

import gi

gi.require_version("IBus", "1.0")
from gi.repository import GLib, GObject, IBus  # noqa: E402

how, script = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
BACKSPACE = (IBus.KEY_BackSpace, 14)


class RecordedEngine(IBus.Engine):
    __gtype_name__ = "RecordedEngine"
    at = 0

    def do_process_key_event(self, keyval, _keycode, state):
        ours = IBus.KEY_space <= keyval <= IBus.KEY_asciitilde
        held = state & (IBus.ModifierType.RELEASE_MASK | IBus.ModifierType.CONTROL_MASK)
        if not ours or held or RecordedEngine.at >= len(script):
            return False
        back, text = script[RecordedEngine.at]
        RecordedEngine.at += 1
        if text is None:
            return False
        if back and how == "surrounding":
            self.delete_surrounding_text(-back, back)
        elif back:
            for _ in range(back):
                self.forward_key_event(*BACKSPACE, 0)
                self.forward_key_event(*BACKSPACE, IBus.ModifierType.RELEASE_MASK)
        self.commit_text(IBus.Text.new_from_string(text))
        return True

    def do_enable(self):
        self.get_surrounding_text()  # says that it will be needed


IBus.init()
bus = IBus.Bus()
factory = IBus.Factory.new(bus.get_connection())
factory.add_engine("recorded", GObject.type_from_name("RecordedEngine"))
component = IBus.Component.new("vn.toasoan.Recorded", "recorded", "1", "MIT", "", "", "", "")
component.add_engine(IBus.EngineDesc.new("recorded", "recorded", "", "vi", "MIT", "", "", "us"))
bus.register_component(component)
bus.set_global_engine_async("recorded", -1, None, lambda *_: print("ready", flush=True))
GLib.MainLoop().run()
