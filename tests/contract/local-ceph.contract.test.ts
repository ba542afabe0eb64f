import { storageContract } from "./storage-contract";

await storageContract(["ceph", "ceph-versioned", "ceph-suspended"]);
