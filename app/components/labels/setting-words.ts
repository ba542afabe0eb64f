const words: Record<string, string> = {
  model: "Model",
  temperature: "Temperature",
  maxOutputTokens: "Maximum output",
  thinkingBudget: "Thinking, tokens",
  thinkingLevel: "Thinking",
  mediaResolution: "Media resolution",
  imageEdge: "Picture edge",
};

/** “imageEdge” → “Picture edge”: a setting of a prompt version as its page calls it. */
export const settingWords = (name: string): string => (Object.hasOwn(words, name) ? (words[name] ?? name) : name);
