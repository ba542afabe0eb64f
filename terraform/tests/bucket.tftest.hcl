# What is planned for AWS, with a provider that asks nobody. Needs `terraform init` for the provider's schemas.

mock_provider "aws" {
  override_during = plan
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012", arn = "arn:aws:sts::123456789012:assumed-role/admin/jun" }
  }
  mock_data "aws_iam_session_context" {
    defaults = { issuer_arn = "arn:aws:iam::123456789012:role/admin" }
  }
  mock_resource "aws_eip" {
    defaults = { public_ip = "198.51.100.9" }
  }
  mock_resource "aws_cloudfront_distribution" {
    defaults = { arn = "arn:aws:cloudfront::123456789012:distribution/E1", domain_name = "d1.cloudfront.net" }
  }
  mock_resource "aws_iam_policy" {
    defaults = { arn = "arn:aws:iam::123456789012:policy/studio-images-diffs-ops" }
  }
}

variables {
  bucket = "studio-images"
}

run "the_smallest" {
  command = plan

  assert {
    condition     = length(jsondecode(aws_s3_bucket_policy.images.policy).Statement) == 1 && length(aws_s3_bucket_cors_configuration.images) == 0 && length(aws_eip.host) == 0 && length(aws_cloudfront_distribution.images) == 0
    error_message = aws_s3_bucket_policy.images.policy
  }

  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.images.rule : rule.filter[0].prefix => rule.expiration[0].days
      if contains(["trash", "backups", "incoming"], rule.id)
    } == { "trash/" = 120, "backups/" = 400, "incoming/" = 3 }
    error_message = jsonencode(aws_s3_bucket_lifecycle_configuration.images.rule)
  }
}

run "all_of_it" {
  command = plan

  variables {
    console_origin = "https://ops.example.com"
    hosts          = ["203.0.113.7", "203.0.113.7/32", "2001:db8::7"]
    elastic_ips    = { console = "i-0123456789abcdef0" }
    administrators = ["arn:aws:iam::123456789012:role/deploy"]
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.images.policy).Statement[1].Condition.NotIpAddress["aws:SourceIp"] == ["198.51.100.9/32", "2001:db8::7/128", "203.0.113.7/32"]
    error_message = aws_s3_bucket_policy.images.policy
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.images.policy).Statement[1].Condition.ArnNotLike["aws:PrincipalArn"] == [
      "arn:aws:iam::123456789012:role/admin", "arn:aws:iam::123456789012:role/deploy", "arn:aws:iam::123456789012:root"
    ]
    error_message = "Whoever applies, the account's root and the named administrators: ${aws_s3_bucket_policy.images.policy}"
  }

  assert {
    condition     = one(aws_s3_bucket_cors_configuration.images[0].cors_rule).allowed_origins == toset(["https://ops.example.com"]) && contains(one(aws_s3_bucket_cors_configuration.images[0].cors_rule).allowed_methods, "PUT")
    error_message = jsonencode(aws_s3_bucket_cors_configuration.images)
  }
}

run "a_cdn_before_it" {
  command = plan

  variables {
    cdn = { domain = "images.example.com", certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c3d" }
  }

  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.images.policy).Statement : statement.Sid] == ["RefusePlainHttp", "CdnReads", "CdnReadsNothingPrivate"]
    error_message = aws_s3_bucket_policy.images.policy
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.images.policy).Statement[1].Condition.StringEquals["aws:SourceArn"] == "arn:aws:cloudfront::123456789012:distribution/E1"
    error_message = aws_s3_bucket_policy.images.policy
  }

  assert {
    condition     = aws_cloudfront_origin_access_control.images[0].signing_behavior == "always" && aws_cloudfront_distribution.images[0].default_cache_behavior[0].viewer_protocol_policy == "https-only"
    error_message = jsonencode(aws_cloudfront_distribution.images)
  }

  assert {
    condition     = output.public_asset_base_url == "https://images.example.com" && output.cdn_target == "d1.cloudfront.net"
    error_message = "What the console and the name server are told."
  }
}

run "wrong_settings_are_refused" {
  command = plan

  variables {
    console_origin = "https://ops.example.com/"
    vpc_endpoints  = ["vpc-0a1b2c3d"]
    administrators = ["arn:aws:iam::123456789012:role/*"]
    trash_days     = 30
    cdn            = { domain = "https://images.example.com", certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b" }
  }

  expect_failures = [var.cdn, var.console_origin, var.vpc_endpoints, var.administrators, var.trash_days]
}
