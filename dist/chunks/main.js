import { main } from "./composition-command-line.js";

export { main };