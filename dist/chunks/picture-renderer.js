import { createPictureRenderer } from "./adapters-pictures.js";

export { createPictureRenderer };