variable "bucket" {
  type        = string
  description = "Name of the bucket: S3_BUCKET of the console."
}

variable "region" {
  type        = string
  description = "AWS_REGION of the console."
  default     = "eu-central-1"
}

variable "trash_days" {
  type        = number
  description = "Days after which objects below trash/ go for good."
  default     = 30
}

variable "former_version_days" {
  type        = number
  description = "Days for which a replaced or deleted object can still be brought back."
  default     = 30
}
