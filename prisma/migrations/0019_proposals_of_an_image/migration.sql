-- CreateIndex
CREATE INDEX "Proposal_imageId_idx" ON "Proposal"("imageId");
