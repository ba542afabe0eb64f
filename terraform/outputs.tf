output "bucket" {
  description = "S3_BUCKET of the console."
  value       = aws_s3_bucket.images.bucket
}

output "policy_arn" {
  description = "Attach it to the role or user that the console runs as."
  value       = aws_iam_policy.console.arn
}
