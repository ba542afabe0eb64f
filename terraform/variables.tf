variable "bucket" {
  type        = string
  description = "Name of the bucket: S3_BUCKET of the console."
}

variable "region" {
  type        = string
  description = "AWS_REGION of the console."
  default     = "eu-central-1"
}

variable "console_origin" {
  type        = string
  description = "PUBLIC_URL of the console, from whose pages files may be uploaded, and scripts may read pictures (CORS). Null: from none."
  default     = null
  validation {
    condition     = var.console_origin == null || can(regex("^https?://[^/*[:space:]]+$", var.console_origin))
    error_message = "An origin is https://, a host name and perhaps a port, with no path and no slash at the end: https://ops.example.com."
  }
}

variable "hosts" {
  type        = list(string)
  description = "Addresses from which the bucket may be reached, beside elastic_ips and vpc_endpoints. With none of the three: from anywhere."
  default     = []
}

variable "elastic_ips" {
  type        = map(string)
  description = "Elastic IPs to have, and to admit: a name for each, and the id of the instance that gets it, or null."
  default     = {}
}

variable "vpc_endpoints" {
  type        = list(string)
  description = "VPC endpoints through which the bucket may be reached: there S3 sees no address of a host."
  default     = []
  validation {
    condition     = alltrue([for id in var.vpc_endpoints : can(regex("^vpce-[0-9a-f]+$", id))])
    error_message = "The id of a VPC endpoint is vpce- and hexadecimal digits."
  }
}

variable "administrators" {
  type        = list(string)
  description = "ARNs of roles and users who reach the bucket from anywhere, beside the account's root and whoever applies this."
  default     = []
  validation {
    condition     = alltrue([for arn in var.administrators : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/[^*?]+$", arn))])
    error_message = "An administrator is the ARN of one role or user, such as arn:aws:iam::123456789012:role/admin."
  }
}

variable "links_from_anywhere" {
  type        = bool
  description = "Whether the links to pictures, which hold for up to two hours, and those that take uploads work at any address. If false, list the addresses of the people who look at pictures, too."
  default     = true
}

variable "cdn" {
  type = object({
    domain      = string
    certificate = string
  })
  description = "A CloudFront distribution for permanent addresses: its host name, and the ARN of a certificate for it in us-east-1. Null: none."
  default     = null
  validation {
    condition     = var.cdn == null || can(regex("^[a-z0-9-]+([.][a-z0-9-]+)+$", var.cdn.domain))
    error_message = "The CDN's domain is a host name in small letters, without https:// and without a path: images.example.com."
  }
  validation {
    condition     = var.cdn == null || can(regex("^arn:[a-z-]+:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]+$", var.cdn.certificate))
    error_message = "CloudFront takes certificates of us-east-1 only: arn:aws:acm:us-east-1:123456789012:certificate/…."
  }
}

variable "trash_days" {
  type        = number
  description = "Days after which objects below trash/ go for good. A run can be undone for 90 days after it ended."
  default     = 120
  validation {
    condition     = var.trash_days >= 120
    error_message = "Runs can be undone for 90 days and may have taken up to 20, so keep trash/ for at least 120 days."
  }
}

variable "backup_days" {
  type        = number
  description = "Days after which a backup goes, if the console has not removed it before."
  default     = 400
  validation {
    condition     = var.backup_days >= 400
    error_message = "The console keeps the last backup of each of twelve months, so keep backups/ for at least 400 days."
  }
}

variable "former_version_days" {
  type        = number
  description = "Days for which a replaced or deleted object can still be brought back."
  default     = 30
}
