# Elastic IPs are AWS's own and known only once they exist: apart from var.hosts, so that a plan already refuses a wrong one of those.
module "hosts" {
  source    = "./modules/hosts"
  addresses = var.hosts
}

module "own_hosts" {
  source    = "./modules/hosts"
  addresses = [for address in aws_eip.host : address.public_ip]
}

module "policies" {
  source              = "./modules/policies"
  bucket_arn          = "arn:${data.aws_partition.here.partition}:s3:::${var.bucket}"
  cidrs               = concat(module.hosts.cidrs, module.own_hosts.cidrs)
  vpc_endpoints       = var.vpc_endpoints
  links_from_anywhere = var.links_from_anywhere
  cdn_arn             = one(aws_cloudfront_distribution.images[*].arn)
  administrators = distinct(concat(
    ["arn:${data.aws_partition.here.partition}:iam::${data.aws_caller_identity.applying.account_id}:root"],
    [data.aws_iam_session_context.applying.issuer_arn],
    var.administrators,
  ))
}

resource "aws_s3_bucket_policy" "images" {
  bucket = aws_s3_bucket.images.id
  policy = module.policies.bucket
  # A bucket policy and a public access block that are written at the same time refuse each other.
  depends_on = [aws_s3_bucket_public_access_block.images]
}

resource "aws_eip" "host" {
  for_each = var.elastic_ips
  domain   = "vpc"
  instance = each.value
  tags     = { Name = each.key }
}

resource "aws_iam_policy" "console" {
  name        = "${var.bucket}-diffs-ops"
  description = "What Diffs Ops may do with its bucket."
  policy      = module.policies.console
}

resource "aws_iam_role" "console" {
  name        = "${var.bucket}-diffs-ops"
  description = "The machine that runs Diffs Ops."
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.${data.aws_partition.here.dns_suffix}" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "console" {
  role       = aws_iam_role.console.name
  policy_arn = aws_iam_policy.console.arn
}

resource "aws_iam_instance_profile" "console" {
  name = "${var.bucket}-diffs-ops"
  role = aws_iam_role.console.name
}
