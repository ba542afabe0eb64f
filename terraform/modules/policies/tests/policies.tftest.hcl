variables {
  bucket_arn          = "arn:aws:s3:::studio-images"
  cidrs               = []
  vpc_endpoints       = []
  administrators      = ["arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:role/admin"]
  links_from_anywhere = true
  cdn_arn             = null

  plain_http = {
    Sid       = "RefusePlainHttp"
    Effect    = "Deny"
    Principal = "*"
    Action    = "s3:*"
    Resource  = ["arn:aws:s3:::studio-images", "arn:aws:s3:::studio-images/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
  nobody_else = {
    ArnNotLike   = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:role/admin", "arn:aws:iam::123456789012:root"] }
    BoolIfExists = { "aws:PrincipalIsAWSService" = "false", "aws:ViaAWSService" = "false" }
  }
}

run "without_hosts_only_plain_http_is_refused" {
  command = plan

  variables {
    administrators = []
  }

  assert {
    condition     = jsonencode(jsondecode(output.bucket).Statement) == jsonencode([var.plain_http])
    error_message = output.bucket
  }
}

run "listed_hosts_are_admitted" {
  command = plan

  variables {
    cidrs = ["203.0.113.7/32", "2001:db8::7/128"]
  }

  assert {
    condition     = [for statement in jsondecode(output.bucket).Statement : "${statement.Effect} ${statement.Sid}"] == ["Deny RefusePlainHttp", "Deny RefuseOtherHosts", "Deny RefuseReadsByOtherHosts", "Deny RefuseWritesByOtherHosts", "Deny RefuseUploadsByOtherHosts"]
    error_message = output.bucket
  }

  assert {
    condition     = jsondecode(output.bucket).Statement[3].NotResource == jsondecode(output.bucket).Statement[4].Resource && jsonencode(jsondecode(output.bucket).Statement[3].Condition) == jsonencode(jsondecode(output.bucket).Statement[1].Condition)
    error_message = "Only below incoming/ may a link put anything from any address: ${output.bucket}"
  }

  assert {
    condition     = jsonencode(jsondecode(output.bucket).Statement[4].Condition) == jsonencode(jsondecode(output.bucket).Statement[2].Condition)
    error_message = "A presigned upload must be taken from any address: ${output.bucket}"
  }

  assert {
    condition = jsonencode(jsondecode(output.bucket).Statement[1].Condition) == jsonencode(merge(var.nobody_else, {
      NotIpAddress = { "aws:SourceIp" = ["2001:db8::7/128", "203.0.113.7/32"] }
    }))
    error_message = output.bucket
  }

  assert {
    condition = jsonencode(jsondecode(output.bucket).Statement[2].Condition) == jsonencode(merge(var.nobody_else, {
      NotIpAddress            = { "aws:SourceIp" = ["2001:db8::7/128", "203.0.113.7/32"] }
      StringNotEqualsIfExists = { "s3:authType" = "REST-QUERY-STRING" }
    }))
    error_message = "A presigned link must open at any address: ${output.bucket}"
  }

  assert {
    condition     = length([for action in concat(local.reads, local.others) : action if !can(regex("^s3:(List[A-Z][A-Za-z]+|AbortMultipartUpload|[A-Z][a-z]+Object([?]?[*])?)$", action))]) == 0
    error_message = "Only objects and listings are kept from other hosts, so that the bucket's settings can be mended from anywhere: ${output.bucket}"
  }
}

run "links_open_at_listed_hosts_only" {
  command = plan

  variables {
    cidrs               = ["203.0.113.7/32"]
    links_from_anywhere = false
  }

  assert {
    condition     = jsonencode(jsondecode(output.bucket).Statement[2].Condition) == jsonencode(jsondecode(output.bucket).Statement[1].Condition)
    error_message = output.bucket
  }

  assert {
    condition     = jsonencode(jsondecode(output.bucket).Statement[4].Condition) == jsonencode(jsondecode(output.bucket).Statement[1].Condition)
    error_message = "A presigned upload must be taken from listed hosts only: ${output.bucket}"
  }
}

run "a_vpc_endpoint_is_admitted" {
  command = plan

  variables {
    vpc_endpoints = ["vpce-0a1b2c3d"]
  }

  assert {
    condition = jsonencode(jsondecode(output.bucket).Statement[1].Condition) == jsonencode(merge(var.nobody_else, {
      StringNotEquals = { "aws:SourceVpce" = ["vpce-0a1b2c3d"] }
    }))
    error_message = output.bucket
  }
}

run "hosts_and_a_vpc_endpoint_are_admitted" {
  command = plan

  variables {
    cidrs         = ["203.0.113.7/32"]
    vpc_endpoints = ["vpce-0a1b2c3d"]
  }

  assert {
    condition = jsonencode(jsondecode(output.bucket).Statement[1].Condition) == jsonencode(merge(var.nobody_else, {
      NotIpAddress    = { "aws:SourceIp" = ["203.0.113.7/32"] }
      StringNotEquals = { "aws:SourceVpce" = ["vpce-0a1b2c3d"] }
    }))
    error_message = output.bucket
  }
}

run "nobody_is_locked_out_for_good" {
  command = plan

  variables {
    cidrs          = ["203.0.113.7/32"]
    administrators = []
  }

  expect_failures = [output.bucket]
}

run "the_console_has_no_right_that_it_does_not_use" {
  command = plan

  assert {
    condition = jsonencode(jsondecode(output.console).Statement) == jsonencode([
      {
        Sid      = "List"
        Effect   = "Allow"
        Action   = ["s3:GetBucketVersioning", "s3:ListBucket", "s3:ListBucketVersions"]
        Resource = "arn:aws:s3:::studio-images"
      },
      {
        Sid    = "ReadAndWrite"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectAcl",
          "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging",
        ]
        Resource = "arn:aws:s3:::studio-images/*"
      },
      {
        Sid      = "BackupsCanBeBroughtBack"
        Effect   = "Deny"
        Action   = ["s3:DeleteObjectVersion"]
        Resource = "arn:aws:s3:::studio-images/backups/*"
      },
    ])
    error_message = output.console
  }
}

run "a_cdn_reads_what_is_published" {
  command = plan

  variables {
    cidrs   = ["203.0.113.7/32"]
    cdn_arn = "arn:aws:cloudfront::123456789012:distribution/E1"
  }

  assert {
    condition     = [for statement in jsondecode(output.bucket).Statement : "${statement.Effect} ${statement.Sid}"] == ["Deny RefusePlainHttp", "Deny RefuseOtherHosts", "Deny RefuseReadsByOtherHosts", "Deny RefuseWritesByOtherHosts", "Deny RefuseUploadsByOtherHosts", "Allow CdnReads", "Deny CdnReadsNothingPrivate"]
    error_message = output.bucket
  }

  assert {
    condition = jsonencode(jsondecode(output.bucket).Statement[5]) == jsonencode({
      Sid       = "CdnReads"
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = ["s3:GetObject"]
      Resource  = ["arn:aws:s3:::studio-images/*"]
      Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudfront::123456789012:distribution/E1" } }
    })
    error_message = "One distribution, and no listing: ${output.bucket}"
  }

  assert {
    condition = jsonencode(jsondecode(output.bucket).Statement[6]) == jsonencode({
      Sid       = "CdnReadsNothingPrivate"
      Effect    = "Deny"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = ["s3:GetObject"]
      Resource = [
        "arn:aws:s3:::studio-images/backups/*", "arn:aws:s3:::studio-images/incoming/*", "arn:aws:s3:::studio-images/labels/*",
        "arn:aws:s3:::studio-images/originals/*", "arn:aws:s3:::studio-images/references/*", "arn:aws:s3:::studio-images/thumbnails/*",
        "arn:aws:s3:::studio-images/trash/*", "arn:aws:s3:::studio-images/uploads/*",
      ]
      Condition = { StringEquals = { "aws:SourceArn" = "arn:aws:cloudfront::123456789012:distribution/E1" } }
    })
    error_message = output.bucket
  }

  assert {
    condition     = jsondecode(output.bucket).Statement[2].Condition.BoolIfExists["aws:PrincipalIsAWSService"] == "false"
    error_message = "A list of hosts must not keep CloudFront out: ${output.bucket}"
  }
}
