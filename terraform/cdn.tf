# CloudFront before the bucket, for permanent addresses (PUBLIC_ASSET_BASE_URL). The bucket stays private: only this distribution reads
# it, by signed requests, and the bucket's policy (modules/policies) refuses it what is not published.

resource "aws_cloudfront_origin_access_control" "images" {
  count                             = var.cdn == null ? 0 : 1
  name                              = var.bucket
  description                       = "Signs what is asked of ${var.bucket}."
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

# How long anything is kept, the object's own Cache-Control says. A day at most here, so that a picture that was removed is soon gone.
resource "aws_cloudfront_cache_policy" "images" {
  count       = var.cdn == null ? 0 : 1
  name        = "${var.bucket}-images"
  comment     = "By the path alone; an object's Cache-Control counts, up to a day."
  min_ttl     = 0
  default_ttl = 300
  max_ttl     = 86400

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = false
    enable_accept_encoding_gzip   = false
    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

# What is served is a picture, and nothing else: whatever else lies in the bucket runs no script, and is taken for no page.
resource "aws_cloudfront_response_headers_policy" "images" {
  count = var.cdn == null ? 0 : 1
  name  = "${var.bucket}-images"

  security_headers_config {
    content_security_policy {
      content_security_policy = "default-src 'none'; sandbox"
      override                = true
    }
    content_type_options {
      override = true
    }
    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }

  custom_headers_config {
    items {
      header   = "Cross-Origin-Resource-Policy"
      value    = "cross-origin"
      override = true
    }
  }
}

resource "aws_cloudfront_distribution" "images" {
  count           = var.cdn == null ? 0 : 1
  enabled         = true
  comment         = "Pictures of ${var.bucket}"
  aliases         = [var.cdn.domain]
  http_version    = "http2and3"
  is_ipv6_enabled = true

  origin {
    origin_id                = "bucket"
    domain_name              = aws_s3_bucket.images.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.images[0].id
  }

  default_cache_behavior {
    target_origin_id           = "bucket"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    viewer_protocol_policy     = "https-only"
    compress                   = false
    cache_policy_id            = aws_cloudfront_cache_policy.images[0].id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.images[0].id
  }

  # S3 says 403 of a key that is not there: whoever asks too early must not wait for the five minutes that are usual.
  custom_error_response {
    error_code            = 403
    error_caching_min_ttl = 10
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.cdn.certificate
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
