/** "ageRange" → “age range” */
export const attributeWords = (attribute: string) => attribute.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
