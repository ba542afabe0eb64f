-- The list of a review in its order, of a whole run and of one value: a proposal without a confidence is below all others.
DROP INDEX "Proposal_labelRunId_attribute_value_confidence_imageId_idx";
CREATE INDEX "Proposal_sureness_idx" ON "Proposal"("labelRunId", coalesce("confidence", -1), "imageId", "attribute");
CREATE INDEX "Proposal_value_sureness_idx" ON "Proposal"("labelRunId", "attribute", "value", coalesce("confidence", -1), "imageId");

-- What one decision is about, to take it back.
CREATE INDEX "Proposal_decisionId_idx" ON "Proposal"("decisionId");

-- Rates and lists of refusals without reading the calls themselves, whose responses are long.
DROP INDEX "ModelCall_labelRunId_imageId_idx";
CREATE INDEX "ModelCall_labelRunId_imageId_outcome_model_modelVersion_idx" ON "ModelCall"("labelRunId", "imageId", "outcome", "model", "modelVersion");
CREATE INDEX "ModelCall_outcome_idx" ON "ModelCall"("outcome");
