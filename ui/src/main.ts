import "./style/fonts.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import { mount } from "svelte";
import Desk from "./views/Desk.svelte";
import { speak } from "./words";

speak("");
document.documentElement.dataset["theme"] = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

const target = document.querySelector("#desk");
if (target === null) throw new Error("index.html has its place for the desk");
mount(Desk, { target });
