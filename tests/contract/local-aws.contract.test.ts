import { storageContract } from "./storage-contract";

await storageContract(["aws", "aws-versioned", "aws-suspended"]);
