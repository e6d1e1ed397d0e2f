{{- define "hiwar.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "hiwar.labels" -}}
app.kubernetes.io/name: hiwar
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "hiwar.host" -}}
{{- (urlParse .Values.url).host -}}
{{- end -}}
