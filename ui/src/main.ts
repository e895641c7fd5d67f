import "./style/fonts.css";
import "./style/tokens.css";
import "./style/base.css";
import { mount } from "svelte";
import Desk from "./views/Desk.svelte";

const target = document.querySelector("#desk");
if (target === null) throw new Error("index.html has its place for the desk");
mount(Desk, { target });
