/** What production needs and no more; nothing in it is real. */
export const productionEnv = {
  APP_ENVIRONMENT: "production",
  DATABASE_URL: "file:unused",
  PUBLIC_URL: "https://ops.diffs.studio",
  S3_BUCKET: "diffs-pictures",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret",
  GEMINI_API_KEY: "key",
  GOOGLE_CLIENT_ID: "id",
  GOOGLE_CLIENT_SECRET: "secret",
  SESSION_SECRET: "thirty-two characters, or a few more",
};
