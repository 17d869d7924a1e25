import { fetchToCache } from "./adapters-native-fetch.js";

export { fetchToCache };