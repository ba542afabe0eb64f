/** The page that knows what an old key or file name means: one image, to which it leads on, or several. */
export const oldNameAddress = (name: string): string => `/image-names?${new URLSearchParams({ name })}`;
