# What the console may do with its bucket, and from where anyone may reach it. Texts only, without providers, so that tests
# need no network and read the very policies that are applied.

terraform {
  required_version = ">= 1.6"
}

variable "bucket_arn" {
  type        = string
  description = "ARN of the bucket."
}

variable "cidrs" {
  type        = list(string)
  description = "Hosts that may reach the objects, as ../hosts gives them. With no vpc_endpoints either, all may."
}

variable "vpc_endpoints" {
  type        = list(string)
  description = "VPC endpoints that may reach the objects."
}

variable "administrators" {
  type        = list(string)
  description = "ARNs of roles and users whom no list of hosts keeps out."
}

variable "links_from_anywhere" {
  type        = bool
  description = "Whether a presigned link opens, and takes an upload, at any address."
}

variable "cdn_arn" {
  type        = string
  description = "ARN of the CloudFront distribution that serves pictures to everyone. Null: there is none."
}

locals {
  objects = "${var.bucket_arn}/*"

  # Exactly the calls of app/ports/storage: list, read, write, copy, delete, versions, tags and ACLs. A copy keeps the tags.
  console = [
    {
      Sid      = "List"
      Effect   = "Allow"
      Action   = ["s3:GetBucketVersioning", "s3:ListBucket", "s3:ListBucketVersions"]
      Resource = var.bucket_arn
    },
    {
      Sid    = "ReadAndWrite"
      Effect = "Allow"
      Action = [
        "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging",
        "s3:GetObjectVersion", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging",
      ]
      Resource = local.objects
    },
    # Whoever steals the console's rights can hide a backup, and the former version brings it back.
    {
      Sid      = "BackupsCanBeBroughtBack"
      Effect   = "Deny"
      Action   = ["s3:DeleteObjectVersion"]
      Resource = "${var.bucket_arn}/backups/*"
    },
  ]

  plain_http = {
    Sid       = "RefusePlainHttp"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = [var.bucket_arn, local.objects]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }

  # Objects and listings only: whoever may change the bucket's settings can always mend a wrong list of hosts.
  reads = ["s3:GetObject*"]
  others = [
    "s3:AbortMultipartUpload", "s3:DeleteObject*", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions",
    "s3:ListMultipartUploadParts", "s3:PutObject?*", "s3:RestoreObject",
  ]
  # Where browsers put files, by links that the console signs: one part each, of a length that is signed, too.
  uploads = "${var.bucket_arn}/incoming/*"
  by_link = var.links_from_anywhere ? { StringNotEqualsIfExists = { "s3:authType" = "REST-QUERY-STRING" } } : {}

  # A key that a request lacks counts as unequal: through a VPC endpoint there is no aws:SourceIp, otherwise no aws:SourceVpce.
  elsewhere = merge(
    { ArnNotLike = { "aws:PrincipalArn" = sort(var.administrators) } },
    { BoolIfExists = { "aws:PrincipalIsAWSService" = "false", "aws:ViaAWSService" = "false" } },
    length(var.cidrs) == 0 ? {} : { NotIpAddress = { "aws:SourceIp" = sort(var.cidrs) } },
    length(var.vpc_endpoints) == 0 ? {} : { StringNotEquals = { "aws:SourceVpce" = sort(var.vpc_endpoints) } },
  )
  is_limited = length(var.cidrs) + length(var.vpc_endpoints) > 0
  limits = [
    {
      Sid       = "RefuseOtherHosts"
      Effect    = "Deny"
      Principal = "*"
      Action    = local.others
      Resource  = [var.bucket_arn, local.objects]
      Condition = local.elsewhere
    },
    {
      Sid       = "RefuseReadsByOtherHosts"
      Effect    = "Deny"
      Principal = "*"
      Action    = local.reads
      Resource  = [local.objects]
      Condition = merge(local.elsewhere, local.by_link)
    },
    {
      Sid         = "RefuseWritesByOtherHosts"
      Effect      = "Deny"
      Principal   = "*"
      Action      = ["s3:PutObject"]
      NotResource = [local.uploads]
      Condition   = local.elsewhere
    },
    {
      Sid       = "RefuseUploadsByOtherHosts"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:PutObject"]
      Resource  = [local.uploads]
      Condition = merge(local.elsewhere, local.by_link)
    },
  ]
}

locals {
  # PRIVATE_PREFIXES of app/features/images/key-layout.ts, which a test holds to this list.
  private_prefixes = ["backups/", "incoming/", "labels/", "originals/", "references/", "thumbnails/", "trash/", "uploads/"]

  # No list of hosts keeps it out: its requests are those of a service of AWS. It may not list, so a missing key is a 403 to it.
  cloudfront = { Service = "cloudfront.amazonaws.com" }
  cdn = [
    for statement in [
      {
        Sid       = "CdnReads"
        Effect    = "Allow"
        Principal = local.cloudfront
        Action    = ["s3:GetObject"]
        Resource  = [local.objects]
        Condition = { StringEquals = { "aws:SourceArn" = coalesce(var.cdn_arn, "none") } }
      },
      {
        Sid       = "CdnReadsNothingPrivate"
        Effect    = "Deny"
        Principal = local.cloudfront
        Action    = ["s3:GetObject"]
        Resource  = [for prefix in local.private_prefixes : "${var.bucket_arn}/${prefix}*"]
        Condition = { StringEquals = { "aws:SourceArn" = coalesce(var.cdn_arn, "none") } }
      },
    ] : statement if var.cdn_arn != null
  ]
}

output "bucket" {
  description = "The bucket's policy, as JSON. It allows nothing but what a CDN serves: rights come from the policies of roles and users."
  value = jsonencode({
    Version   = "2012-10-17"
    Statement = concat([local.plain_http], [for limit in local.limits : limit if local.is_limited], local.cdn)
  })

  precondition {
    condition     = !local.is_limited || length(var.administrators) > 0
    error_message = "Name an administrator: a list of hosts that is wrong would keep everyone out of the bucket."
  }
}

output "console" {
  description = "What the console's role or user may do, as JSON."
  value       = jsonencode({ Version = "2012-10-17", Statement = local.console })
}
