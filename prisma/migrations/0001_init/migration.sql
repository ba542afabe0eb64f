-- CreateTable
CREATE TABLE "Image" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "ownerId" TEXT,
    "readEtag" TEXT,
    "contentType" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "sha256" TEXT,
    "unreadableClass" TEXT,
    "unreadable" TEXT,
    "thumbnailEtag" TEXT,
    "modifiedAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "goneAt" DATETIME,
    CONSTRAINT "Image_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Owner" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Owner" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "PromptVersion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "instructions" TEXT NOT NULL,
    "attributes" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "examples" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "LabelRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "jobRunId" INTEGER NOT NULL,
    "promptVersionId" INTEGER,
    "scope" TEXT NOT NULL,
    "quoteUsd" REAL,
    "budgetUsd" REAL,
    "promotedBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "LabelRun_jobRunId_fkey" FOREIGN KEY ("jobRunId") REFERENCES "JobRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "LabelRun_promptVersionId_fkey" FOREIGN KEY ("promptVersionId") REFERENCES "PromptVersion" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ModelCall" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labelRunId" INTEGER NOT NULL,
    "imageId" INTEGER NOT NULL,
    "requestHash" TEXT NOT NULL,
    "reservedUsd" REAL NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "rawResponse" TEXT,
    "promptTokens" INTEGER,
    "imageTokens" INTEGER,
    "outputTokens" INTEGER,
    "usd" REAL,
    "createdAt" DATETIME NOT NULL,
    "finishedAt" DATETIME,
    CONSTRAINT "ModelCall_labelRunId_fkey" FOREIGN KEY ("labelRunId") REFERENCES "LabelRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ModelCall_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Proposal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "labelRunId" INTEGER NOT NULL,
    "imageId" INTEGER NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "confidence" REAL,
    "estimate" REAL,
    "decision" TEXT NOT NULL DEFAULT 'open',
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Proposal_labelRunId_fkey" FOREIGN KEY ("labelRunId") REFERENCES "LabelRun" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Proposal_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "GroupSnapshot" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "jobRunId" INTEGER,
    "objects" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "takenAt" DATETIME NOT NULL,
    "asOf" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Group" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "snapshotId" INTEGER NOT NULL,
    "prefix" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "attributes" TEXT,
    "problem" TEXT,
    "objects" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "newestAt" DATETIME,
    "referenceKey" TEXT,
    "referenceEtag" TEXT,
    CONSTRAINT "Group_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "GroupSnapshot" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Finding" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "root" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "firstSnapshotId" INTEGER NOT NULL,
    "lastSnapshotId" INTEGER NOT NULL,
    "firstSeenAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "closedAt" DATETIME
);

-- CreateTable
CREATE TABLE "JobRun" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "lane" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "autoApply" BOOLEAN NOT NULL DEFAULT false,
    "planHash" TEXT,
    "summary" TEXT,
    "planned" INTEGER NOT NULL DEFAULT 0,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "scheduleId" TEXT,
    "slot" DATETIME,
    "undoOfId" INTEGER,
    "errorClass" TEXT,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL,
    "plannedAt" DATETIME,
    "appliedAt" DATETIME,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "expiresAt" DATETIME,
    "itemsRemovedAt" DATETIME,
    "worker" TEXT,
    "token" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" DATETIME,
    CONSTRAINT "JobRun_undoOfId_fkey" FOREIGN KEY ("undoOfId") REFERENCES "JobRun" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "JobChunk" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "firstSeq" INTEGER NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "worker" TEXT,
    "token" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" DATETIME,
    "deaths" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "JobChunk_runId_fkey" FOREIGN KEY ("runId") REFERENCES "JobRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "JobItem" (
    "runId" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "label" TEXT,
    "before" TEXT,
    "target" TEXT,
    "after" TEXT,
    "etag" TEXT,
    "outcome" TEXT,
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "begun" INTEGER NOT NULL DEFAULT 0,
    "errorClass" TEXT,
    "error" TEXT,
    "finishedAt" DATETIME,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "JobItem_runId_fkey" FOREIGN KEY ("runId") REFERENCES "JobRun" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Operator" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "signedInAt" DATETIME,
    "removedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "operatorId" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "Session_operatorId_fkey" FOREIGN KEY ("operatorId") REFERENCES "Operator" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Schedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "lastSlot" DATETIME NOT NULL,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "missedSince" DATETIME,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "sentence" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Image_key_key" ON "Image"("key");

-- CreateIndex
CREATE INDEX "Image_ownerId_idx" ON "Image"("ownerId");

-- CreateIndex
CREATE INDEX "Image_kind_goneAt_idx" ON "Image"("kind", "goneAt");

-- CreateIndex
CREATE UNIQUE INDEX "PromptVersion_hash_key" ON "PromptVersion"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "PromptVersion_name_version_key" ON "PromptVersion"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "LabelRun_jobRunId_key" ON "LabelRun"("jobRunId");

-- CreateIndex
CREATE INDEX "ModelCall_labelRunId_imageId_idx" ON "ModelCall"("labelRunId", "imageId");

-- CreateIndex
CREATE INDEX "ModelCall_requestHash_idx" ON "ModelCall"("requestHash");

-- CreateIndex
CREATE UNIQUE INDEX "Proposal_labelRunId_imageId_attribute_key" ON "Proposal"("labelRunId", "imageId", "attribute");

-- CreateIndex
CREATE INDEX "GroupSnapshot_root_id_idx" ON "GroupSnapshot"("root", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Group_snapshotId_prefix_key" ON "Group"("snapshotId", "prefix");

-- CreateIndex
CREATE INDEX "Finding_root_closedAt_idx" ON "Finding"("root", "closedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Finding_root_type_subject_key" ON "Finding"("root", "type", "subject");

-- CreateIndex
CREATE INDEX "JobRun_status_lane_id_idx" ON "JobRun"("status", "lane", "id");

-- CreateIndex
CREATE INDEX "JobRun_kind_id_idx" ON "JobRun"("kind", "id");

-- CreateIndex
CREATE INDEX "JobRun_undoOfId_idx" ON "JobRun"("undoOfId");

-- CreateIndex
CREATE UNIQUE INDEX "JobRun_scheduleId_slot_key" ON "JobRun"("scheduleId", "slot");

-- CreateIndex
CREATE INDEX "JobChunk_status_runId_seq_idx" ON "JobChunk"("status", "runId", "seq");

-- CreateIndex
CREATE INDEX "JobChunk_leaseUntil_idx" ON "JobChunk"("leaseUntil");

-- CreateIndex
CREATE INDEX "JobItem_runId_outcome_errorClass_seq_idx" ON "JobItem"("runId", "outcome", "errorClass", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Operator_email_key" ON "Operator"("email");

-- CreateIndex
CREATE INDEX "Session_operatorId_idx" ON "Session"("operatorId");

-- CreateIndex
CREATE INDEX "AuditEvent_subject_id_idx" ON "AuditEvent"("subject", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_action_id_idx" ON "AuditEvent"("action", "id");


-- The audit log is append-only, whoever opens the file.
CREATE TRIGGER "AuditEvent_refuses_update" BEFORE UPDATE ON "AuditEvent"
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a row cannot be changed.'); END;

CREATE TRIGGER "AuditEvent_refuses_delete" BEFORE DELETE ON "AuditEvent"
BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a row cannot be removed.'); END;
