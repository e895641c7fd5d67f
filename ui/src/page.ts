import "./style/fonts.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import { mount } from "svelte";
import PageWindow from "./views/PageWindow.svelte";
import { speak } from "./words";

speak("");
document.documentElement.dataset["theme"] = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

const target = document.querySelector("#page");
if (target === null) throw new Error("page.html has its place for the page");
mount(PageWindow, { target });
