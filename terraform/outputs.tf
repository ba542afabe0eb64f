output "bucket" {
  description = "S3_BUCKET of the console."
  value       = aws_s3_bucket.images.bucket
}

output "instance_profile" {
  description = "Give it to the EC2 instance that runs the console; it needs no keys then."
  value       = aws_iam_instance_profile.console.name
}

output "policy_arn" {
  description = "Attach it to the user that the console runs as where there is no EC2 instance."
  value       = aws_iam_policy.console.arn
}

output "elastic_ips" {
  description = "The address of each name."
  value       = { for name, address in aws_eip.host : name => address.public_ip }
}

output "admitted" {
  description = "The hosts that the bucket's policy admits; none listed and no VPC endpoint means all."
  value       = concat(module.hosts.cidrs, module.own_hosts.cidrs)
}

output "public_asset_base_url" {
  description = "PUBLIC_ASSET_BASE_URL of the console; null without a CDN."
  value       = var.cdn == null ? null : "https://${var.cdn.domain}"
}

output "cdn_target" {
  description = "What the CDN's domain must be a CNAME of; null without a CDN."
  value       = one(aws_cloudfront_distribution.images[*].domain_name)
}
