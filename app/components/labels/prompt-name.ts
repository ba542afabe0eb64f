/** “Personas v2” */
export const promptName = ({ name, version }: { name: string; version: number }) => `${name} v${version}`;
