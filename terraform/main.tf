# The bucket, and who reaches it: README.md tells how to apply, import and destroy.

terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = var.region
}

data "aws_partition" "here" {}

data "aws_caller_identity" "applying" {}

# The role behind a session: policies name roles, the caller's own ARN names the session.
data "aws_iam_session_context" "applying" {
  arn = data.aws_caller_identity.applying.arn
}
