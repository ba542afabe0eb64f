import { storageContract } from "./storage-contract";

await storageContract(["b2"]);
