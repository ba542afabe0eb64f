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
  description = "Days after which objects below trash/ go for good. A run can be undone for 90 days after it ended."
  default     = 120
  validation {
    condition     = var.trash_days >= 120
    error_message = "Runs can be undone for 90 days and may have taken up to 20, so keep trash/ for at least 120 days."
  }
}

variable "former_version_days" {
  type        = number
  description = "Days for which a replaced or deleted object can still be brought back."
  default     = 30
}
