-- What a model was asked stays known for as long as its answers do: a version is neither changed nor removed, whoever tries.
CREATE TRIGGER "PromptVersion_refuses_update" BEFORE UPDATE ON "PromptVersion"
BEGIN SELECT RAISE(ABORT, 'A prompt version never changes: save another one.'); END;

CREATE TRIGGER "PromptVersion_refuses_delete" BEFORE DELETE ON "PromptVersion"
BEGIN SELECT RAISE(ABORT, 'A prompt version never goes: answers name it.'); END;
