import { require_flechette } from "./vendor-uwdata-flechette.js";

export default require_flechette();

export {  };